const nulls = (fields: string): Record<string, null> =>
  Object.fromEntries(
    fields
      .trim()
      .split(/\s+/)
      .map((field) => [field, null]),
  );

/** The fields of consulter/fournisseur's reply [V-AIFE]: a field without a value is present as null. */
export const NOTHING = {
  facture: nulls(`
    identifiantFactureCPP numeroFacture statutFacture modeDepot rejetTraite destinataire fournisseur cadreDeFacturation
    references recapitulatifDeTva montantTotal pieceJointePrincipale listeDesPiecesJointes piecePrecedente pieceSuivante
    lignesDePoste commentaire`),
  destinataire: nulls(`
    idDestinataire codeDestinataire libelleDestinataire idServiceExecutant codeServiceExecutant libelleServiceExecutant
    miseEnPaiementDestinataire adresseDestinataireId adresseDestinataireDetail adresseDestinataireComplement1
    adresseDestinataireComplement2 adresseDestinataireCodePostal adresseDestinataireVille adresseDestinataireCodePays
    adresseDestinataireLibellePays designationDestinataire`),
  fournisseur: nulls(`
    idFournisseur typeIdentifiantFournisseur codeFournisseur raisonSocialeFournisseur nomFournisseur prenomFournisseur
    idServiceFournisseur codeServiceFournisseur libelleServiceFournisseur adresseFournisseurId adresseFournisseurDetail
    adresseFournisseurComplement1 adresseFournisseurComplement2 adresseFournisseurCodePostal adresseFournisseurVille
    adresseFournisseurCodePays adresseFournisseurLibellePays numeroRcsFournisseur coordBancairesFournisseurCleIban
    coordBancairesFournisseurCleRib coordBancairesFournisseurCodeBanque coordBancairesCodeGuichet coordBancairesBicSwift
    coordBancairesFournisseurCodePays coordBancairesFournisseurCompteBancaire coordBancairesFournisseurId
    coordBancairesFournisseurType coordBancairesFournisseurLibelle affactureur designationFournisseur`),
  cadreDeFacturation: nulls(`
    codeCadreFacturation idValideur1 typeIdentifiantValideur1 codeValideur1 raisonSocialeValideur1 nomValideur1
    prenomValideur1 dateValidation1 idValideur2 typeIdentifiantValideur2 codeValideur2 raisonSocialeValideur2
    nomValideur2 prenomValideur2 dateValidation2 idMoe typeIdentifiantMoe identifiantMoe raisonSocialeMoe nomMoe
    prenomMoe idServiceMoe codeServiceMoe nomServiceMoe idMoa typeIdentifiantMoa identifiantMoa raisonSocialeMoa
    idServiceMoa codeServiceMoa nomServiceMoa designationValideur2 designationMoe designationMoa`),
  references: nulls(`
    dateFacture dateDepot codeDeviseFacture libelleDeviseFacture typeFacture typeFactureTravaux typeTva
    motifExonerationTva libelleMotifExonerationTva numeroMarche numeroBonCommande numeroFactureOrigine modePaiement
    dateCreationFacture dateEcheancePaiement tailleTotalePiecesJointes numeroDpMandat`),
  ligneTva: nulls(`
    ligneTvaTauxRefId ligneTvaTauxRefCode ligneTvaTauxRefLibelle ligneTvaTauxRefValeur ligneTvaTauxManuel
    ligneTvaMontantBaseHtParTaux ligneTvaMontantTvaParTaux`),
  lignePoste: nulls(`
    lignePosteNumero lignePosteReference lignePosteDenomination lignePosteQuantite lignePosteUniteCode
    lignePosteUniteLibelle lignePosteMontantUnitaireHT lignePosteMontantRemiseHT lignePosteTauxTva
    lignePosteTauxTvaManuel lignePosteMontantHtApresRemise lignePosteMontantTva lignePosteMontantTtcApresRemise`),
};
